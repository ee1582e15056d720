import { api } from '../api/client'
import { newKey } from '../api/once'
import { ApiError } from '../api/problem'
import type { Content, ServerDraft } from '../api/types'

/** What is known of the draft on the server. */
export interface Held {
  id: string | null
  version: number
  /** `browser`: what was typed last is not on the server, and will be tried again. */
  where: 'nowhere' | 'saving' | 'server' | 'browser'
  /** It was changed in another window; nothing is saved until somebody decides. */
  theirs: ServerDraft | null
}

export const heldNowhere: Held = { id: null, version: 0, where: 'nowhere', theirs: null }

/** Long enough to type on, short enough to lose nothing that matters. */
const PAUSE_MS = 1500
const NOTHING = ''

/** Keeps a draft on the server while it is written: one call at a time, always of the version that is known. */
export class DraftKeeper {
  private timer: ReturnType<typeof setTimeout> | undefined
  private running: Promise<void> | null = null
  private isClosed = false
  private saved: string | null = null
  private wanted: string | null = null
  private creating = { body: '', key: '' }

  constructor(
    public held: Held,
    private readonly tell: (held: Held) => void,
  ) {}

  /** Null: nothing is told any more, and there is nothing to keep. */
  changed(content: Content | null): void {
    this.isClosed = false
    this.wanted = content === null ? NOTHING : JSON.stringify(content)
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.save(), PAUSE_MS)
  }

  /** At once, what is not saved yet. */
  save(): Promise<void> {
    clearTimeout(this.timer)
    this.running ??= this.run().finally(() => {
      this.running = null
    })
    return this.running
  }

  /** Starts nothing more, until something is changed again; waits for what is under way. */
  async close(): Promise<void> {
    this.isClosed = true
    clearTimeout(this.timer)
    await this.running
  }

  /** Goes on from what somebody else made of it, with one's own words over it or without. */
  resolve(keepMine: boolean): void {
    const { theirs } = this.held
    if (!theirs) return
    if (!keepMine) this.saved = this.wanted = null
    this.set({ id: theirs.id, version: theirs.version, where: 'server', theirs: null })
    if (keepMine) this.save()
  }

  private set(held: Partial<Held>): void {
    this.held = { ...this.held, ...held }
    this.tell(this.held)
  }

  private async run(): Promise<void> {
    while (this.wanted !== null && this.wanted !== this.saved) {
      if (this.isClosed || this.held.theirs) return
      const { wanted } = this
      if (wanted === NOTHING && !this.held.id) return this.set({ where: 'nowhere' })
      this.set({ where: 'saving' })
      try {
        this.set(await this.send(wanted))
        this.saved = wanted
      } catch (error) {
        if (!(error instanceof ApiError)) throw error
        if (error.status === 404) this.set({ id: null, version: 0 })
        else {
          const theirs = error.status === 412 ? (error.problem.draft as ServerDraft) : null
          return this.set({ where: 'browser', theirs })
        }
      }
    }
  }

  private async send(wanted: string): Promise<Partial<Held>> {
    const { id, version } = this.held
    const header = { 'If-Match': `"${version}"` }
    if (wanted === NOTHING) {
      if (id) await api.DELETE('/api/drafts/{draft_id}', { params: { path: { draft_id: id } } })
      return { id: null, version: 0, where: 'nowhere' }
    }
    const body = { content: JSON.parse(wanted) as Content }
    const { data } = id
      ? await api.PATCH('/api/drafts/{draft_id}', {
          params: { path: { draft_id: id }, header },
          body,
        })
      : await api.POST('/api/drafts', {
          params: { header: { 'Idempotency-Key': this.keyFor(wanted) } },
          body,
        })
    if (!data) throw new ApiError(0, {})
    return { id: data.draft.id, version: data.draft.version, where: 'server' }
  }

  /** The same for the same words: an answer that was lost makes no second draft. */
  private keyFor(body: string): string {
    if (this.creating.body !== body) this.creating = { body, key: newKey() }
    return this.creating.key
  }
}
