import { type Ref, useImperativeHandle, useRef } from 'react'
import { PriorityMark } from '../requests/Marks'
import { CardFoot } from './BoardCard'
import classes from './BoardCard.module.css'
import type { Card } from './types'
import type { Point } from './useDragging'

export interface GhostHandle {
  follow: (at: Point) => void
}

interface Props {
  card: Card
  /** Where the pointer took hold, from the card's corner, and how wide the card is. */
  grip: Point & { width: number }
  start: Point
  ref: Ref<GhostHandle>
}

/** The card under the pointer. It is moved without React, once a frame. */
export function Ghost({ card, grip, start, ref }: Props) {
  const element = useRef<HTMLDivElement>(null)
  const place = ({ x, y }: Point) => `translate3d(${x - grip.x}px, ${y - grip.y}px, 0)`
  useImperativeHandle(ref, () => ({
    follow(at) {
      if (element.current) element.current.style.transform = place(at)
    },
  }))
  return (
    <div
      ref={element}
      aria-hidden
      className={classes.ghost}
      style={{ width: grip.width, transform: place(start) }}
    >
      <div className={classes.card}>
        <div className={classes.top}>
          <span className={classes.key}>{card.key}</span>
          <PriorityMark priority={card.priority} wordless />
        </div>
        <div className={classes.title}>{card.title}</div>
        <CardFoot card={card} elsewhere={null} isSaving={false} />
      </div>
    </div>
  )
}
