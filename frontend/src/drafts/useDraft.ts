import { useState } from 'react'
import { newKey } from '../api/once'
import { useSession } from '../app/session'
import {
  cleanDrafts,
  type DraftName,
  readDraft,
  removeDraft,
  submissionOf,
  writeDraft,
} from './drafts'

// Once in each visit that may write one.
cleanDrafts()

/** The signed-in person's draft of that name, as it was found and as it is kept from now on. */
export function useDraft<T>(name: DraftName) {
  const { id } = useSession()
  const [found] = useState(() => readDraft<T>(id, name))
  const [isKept, setKept] = useState(found !== null)
  return {
    found: found?.value,
    isKept,
    personId: id,
    keep(value: T) {
      const sent = readDraft<T>(id, name)?.sent
      setKept(writeDraft(id, name, { at: Date.now(), value, sent }))
    },
    drop() {
      removeDraft(id, name)
      setKept(false)
    },
    /** The key to send this with, remembered until the draft is dropped. */
    keyFor(value: T, body: unknown = value): string {
      const sent = submissionOf(readDraft<T>(id, name), body, newKey)
      writeDraft(id, name, { at: Date.now(), value, sent })
      return sent.key
    },
  }
}
