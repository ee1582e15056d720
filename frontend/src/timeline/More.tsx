import { Button } from '@mantine/core'
import { useIntersection } from '@mantine/hooks'
import { useEffect } from 'react'
import classes from './Timeline.module.css'

interface Props {
  isLoading: boolean
  hasFailed: boolean
  onMore: () => void
}

/** Further engineers come by themselves where their place comes near, and when asked for. */
export function More({ isLoading, hasFailed, onMore }: Props) {
  const { ref, entry } = useIntersection({ rootMargin: '800px' })
  const isNear = entry?.isIntersecting ?? false
  useEffect(() => {
    if (isNear && !isLoading && !hasFailed) onMore()
  }, [isNear, isLoading, hasFailed, onMore])
  return (
    <div ref={ref} className={classes.further}>
      <Button variant="default" loading={isLoading} onClick={() => onMore()}>
        Show more engineers
      </Button>
    </div>
  )
}
