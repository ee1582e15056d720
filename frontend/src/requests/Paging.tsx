import { Button } from '@mantine/core'
import { nextPlace, type Place, previousPlace } from './places'
import classes from './RequestsPage.module.css'

interface Props {
  place: Place
  nextCursor: string | null
  pages: number | undefined
  onMove: (place: Place) => void
}

export function Paging({ place, nextCursor, pages, onMove }: Props) {
  const { page, cursor } = place.search
  const current = page ?? (cursor ? undefined : 1)
  const known = current !== undefined && pages !== undefined && current <= pages
  return (
    <nav className={classes.paging} aria-label="Pages">
      <span>{known && `Page ${current} of ${pages.toLocaleString('en')}`}</span>
      <Button
        variant="default"
        size="xs"
        disabled={!cursor}
        onClick={() => onMove(previousPlace(place))}
      >
        Previous
      </Button>
      <Button
        variant="default"
        size="xs"
        disabled={!nextCursor}
        onClick={() => nextCursor && onMove(nextPlace(place, nextCursor))}
      >
        Next
      </Button>
    </nav>
  )
}
