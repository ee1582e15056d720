import { useEffect, useRef, useState } from 'react'
import { newKey } from '../api/once'
import { useSession } from '../app/session'
import {
  cleanDrafts,
  type Draft,
  type DraftName,
  draftKey,
  readDraft,
  removeDraft,
  submissionOf,
  writeDraft,
} from './drafts'

// Once in each visit that may write one.
cleanDrafts()

/** This page in this window; after a reload it is another one, which begins with what it finds. */
const HERE = newKey()

const stampOf = (draft: Draft<unknown> | null) => draft && `${draft.by}:${draft.at}`
const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)

interface Options {
  /** The server tells two windows apart, so the last one may have the place. */
  lastWins?: boolean
}

/**
 * The signed-in person's draft of that name, as it was found and as it is kept from now on. What another window has
 * written since is not written over: it is `theirs` until the person has decided.
 */
export function useDraft<T>(name: DraftName, { lastWins = false }: Options = {}) {
  const { id } = useSession()
  const [first] = useState(() => readDraft<T>(id, name))
  const [isKept, setKept] = useState(first !== null)
  const [theirs, setTheirs] = useState<{ value: T } | null>(null)
  const seen = useRef(stampOf(first))
  const mine = useRef<{ value: T } | null>(null)
  const heldBack = useRef(false)

  /** What another window has written since this one last looked. */
  const foreign = (): Draft<T> | null => {
    if (lastWins) return null
    const now = readDraft<T>(id, name)
    return now && now.by !== HERE && stampOf(now) !== seen.current ? now : null
  }
  const write = (value: T, sent = readDraft<T>(id, name)?.sent) => {
    const draft = { at: Date.now(), by: HERE, value, sent }
    seen.current = stampOf(draft)
    setTheirs(null)
    setKept(writeDraft(id, name, draft))
  }
  const look = () => {
    const other = mine.current && foreign()
    const differs = other && !isSame(other.value, mine.current?.value)
    heldBack.current = Boolean(differs)
    setTheirs(differs ? { value: other.value } : null)
    if (differs) setKept(false)
    return differs
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: what `look` needs does not change but with the name
  useEffect(() => {
    const hear = ({ key }: StorageEvent) => {
      if (key !== draftKey(id, name)) return
      const waited = heldBack.current
      if (!look() && waited && mine.current) write(mine.current.value)
    }
    addEventListener('storage', hear)
    return () => removeEventListener('storage', hear)
  }, [id, name])

  return {
    found: first?.value,
    isKept,
    theirs,
    personId: id,
    keep(value: T) {
      mine.current = { value }
      const now = lastWins ? null : readDraft<T>(id, name)
      // What the other window says too is its own to go on with.
      if (now && isSame(now.value, value)) {
        seen.current = stampOf(now)
        setTheirs(null)
        setKept(true)
      } else if (!look()) write(value)
    },
    /** What another window has written stays. */
    drop() {
      mine.current = null
      if (!foreign()) removeDraft(id, name)
      setTheirs(null)
      setKept(false)
    },
    /** What is typed goes on under another name. */
    moveTo(next: DraftName) {
      const now = mine.current ?? first
      if (!now) return
      writeDraft(id, next, { at: Date.now(), by: HERE, value: now.value })
      if (!foreign()) removeDraft(id, name)
    },
    /** Over what the other window has written. */
    keepMine() {
      if (mine.current) write(mine.current.value)
    },
    /** What the other window has written, to go on from. */
    takeTheirs(): T | undefined {
      const other = foreign()
      if (!other) return undefined
      seen.current = stampOf(other)
      mine.current = { value: other.value }
      setTheirs(null)
      setKept(true)
      return other.value
    },
    /** The key to send this with, remembered until the draft is dropped. */
    keyFor(value: T, body: unknown = value): string {
      const sent = submissionOf(readDraft<T>(id, name), body, newKey)
      if (!foreign()) write(value, sent)
      return sent.key
    },
  }
}
