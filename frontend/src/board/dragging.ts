import {
  AutoScroller,
  DragDropManager,
  Draggable,
  PointerActivationConstraints,
  PointerSensor,
  PreventSelection,
} from '@dnd-kit/dom'
import { isStatus } from '../requests/status'
import type { Dragging, DragHandlers } from './useDragging'

/** Mouse and pen drag after a few pixels; a finger rests first, because moving it at once scrolls. */
const sensor = PointerSensor.configure({
  activationConstraints: ({ pointerType }) =>
    pointerType === 'touch'
      ? [new PointerActivationConstraints.Delay({ value: 280, tolerance: 6 })]
      : [new PointerActivationConstraints.Distance({ value: 5 })],
  preventActivation: ({ target }) => target instanceof Element && Boolean(target.closest('button')),
})

/**
 * Dragging by pointer. The library tells a drag from a click and from scrolling, keeps the page still under a finger
 * and scrolls the board at its edges; where a card may go and what is shown meanwhile is the board's own.
 */
export function startDragging(handlers: DragHandlers): Dragging {
  const manager = new DragDropManager({
    sensors: [sensor],
    plugins: [AutoScroller.configure({ threshold: { x: 0.12, y: 0 } }), PreventSelection],
  })
  const { monitor } = manager
  let frame = 0
  const unlisten = [
    monitor.addEventListener('dragstart', ({ operation }) => {
      if (operation.source)
        handlers.onStart(String(operation.source.id), operation.position.initial)
      follow()
    }),
    monitor.addEventListener('dragend', ({ operation, canceled }) => {
      cancelAnimationFrame(frame)
      const { x, y } = operation.position.current
      handlers.onEnd(canceled ? null : statusAt(x, y))
    }),
  ]
  // What is under the pointer changes by scrolling too, not only by moving.
  const follow = () => {
    const { position, status } = manager.dragOperation
    if (status.idle) return
    const { x, y } = position.current
    handlers.onMove({ x, y }, statusAt(x, y))
    frame = requestAnimationFrame(follow)
  }
  return {
    card(id, element) {
      const draggable = new Draggable({ id, element }, manager)
      return () => draggable.destroy()
    },
    cancel: () => manager.actions.stop({ canceled: true }),
    stop() {
      for (const forget of unlisten) forget()
      manager.destroy()
    },
  }
}

function statusAt(x: number, y: number) {
  const place = document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-drop]')
  const status = place?.dataset.drop
  return isStatus(status) ? status : null
}
