import { beforeEach, expect, it, vi } from 'vitest'

const answer = (id?: string) => new Response(null, { headers: id ? { 'Last-Event-ID': id } : {} })
const load = () => import('./mark')

beforeEach(() => vi.resetModules())

it('is that of the session, where this was the first to be answered, and is taken once', async () => {
  const { noteMark, takeMark } = await load()
  noteMark('/api/auth/session', answer('5.0'))
  noteMark('/api/auth/session', answer('9.0'))
  expect(takeMark()).toBe('5.0')
  noteMark('/api/auth/session', answer('12.0'))
  expect(takeMark()).toBeUndefined()
})

it('is none where something else came before, or the server had none', async () => {
  const early = await load()
  early.noteMark('/api/requests', answer())
  early.noteMark('/api/auth/session', answer('5.0'))
  expect(early.takeMark()).toBeUndefined()
  vi.resetModules()
  const unknown = await load()
  unknown.noteMark('/api/auth/session', answer())
  unknown.noteMark('/api/auth/session', answer('5.0'))
  expect(unknown.takeMark()).toBeUndefined()
})
