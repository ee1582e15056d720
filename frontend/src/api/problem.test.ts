import { describe, expect, it } from 'vitest'
import { ApiError, errorFromResponse, messageOf, toFormErrors } from './problem'

const invalid = new ApiError(422, {
  title: 'Invalid fields',
  detail: 'Please correct: title, vendor.',
  errors: [
    { field: 'title', message: 'May not be empty.' },
    { field: 'vendor', message: 'May not be empty.' },
  ],
})

describe('toFormErrors', () => {
  it('puts every error at its field and repeats nothing above the form', () => {
    expect(toFormErrors(invalid, ['title', 'vendor'])).toEqual({
      fields: { title: 'May not be empty.', vendor: 'May not be empty.' },
      form: null,
    })
  })

  it('says what belongs to no field of this form', () => {
    expect(toFormErrors(invalid, ['title'])).toEqual({
      fields: { title: 'May not be empty.' },
      form: 'vendor: May not be empty.',
    })
  })

  it('joins two errors of one field', () => {
    const twice = new ApiError(422, {
      errors: [
        { field: 'title', message: 'Too long.' },
        { field: 'title', message: 'Has a character that cannot be stored.' },
      ],
    })
    expect(toFormErrors(twice, ['title']).fields.title).toBe(
      'Too long. Has a character that cannot be stored.',
    )
  })

  it('falls back to the message where the answer lists no fields', () => {
    const conflict = new ApiError(409, { detail: 'The request is Denied.' })
    expect(toFormErrors(conflict, ['reason'])).toEqual({
      fields: {},
      form: 'The request is Denied.',
    })
  })
})

describe('messageOf', () => {
  it.each([
    [new ApiError(0, {}), /server cannot be reached/],
    [new ApiError(503, { detail: 'x' }), /database cannot be reached/],
    [new ApiError(429, {}, 12), /Try again in 12 s/],
    [new ApiError(403, { detail: 'You may not do this.' }), /^You may not do this\.$/],
    [new Error('x is undefined'), /Reload it/],
  ])('tells what to do about %s', (error, message) => {
    expect(messageOf(error)).toMatch(message)
  })
})

describe('errorFromResponse', () => {
  it('reads a problem and how long to wait', async () => {
    const body = JSON.stringify({ title: 'Too many attempts', detail: 'Wait a little.' })
    const error = await errorFromResponse(
      new Response(body, { status: 429, headers: { 'Retry-After': '7' } }),
    )
    expect(error).toMatchObject({ status: 429, retryAfter: 7, message: 'Wait a little.' })
  })

  it('survives an answer that is not JSON', async () => {
    const error = await errorFromResponse(new Response('<html>', { status: 502 }))
    expect(error.status).toBe(502)
    expect(error.message).toBe('The server answered 502.')
  })
})
