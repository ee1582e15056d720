import type { Request } from '../api/types'

/** The rows as they stand, with the values of now. One that is not in the new list stays as it was. */
export function inOldOrder<T extends Request>(shown: T[], fresh: T[]): T[] {
  const now = new Map(fresh.map((request) => [request.id, request]))
  return shown.map((request) => now.get(request.id) ?? request)
}

/** How many rows would come, go or move if the new order were taken over. */
export function changesOfOrder(shown: Request[], fresh: Request[]): number {
  const places = new Map(shown.map((request, place) => [request.id, place]))
  const kept = fresh.flatMap(({ id }) => places.get(id) ?? [])
  const come = fresh.length - kept.length
  const gone = shown.length - kept.length
  // A page that is full loses a row at its end for each that comes: that is one change, not two.
  return Math.max(come, gone) + kept.length - longestRise(kept)
}

/** The length of the longest rising part: those rows can stay, all others have to move. */
function longestRise(places: number[]): number {
  const ends: number[] = []
  for (const place of places) {
    const at = ends.findIndex((end) => end >= place)
    ends[at < 0 ? ends.length : at] = place
  }
  return ends.length
}
