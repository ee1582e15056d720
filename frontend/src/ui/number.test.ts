import { describe, expect, it } from 'vitest'
import { countWords } from './number'

describe('countWords', () => {
  it.each([
    [0, '0'],
    [999, '999'],
    [1000, '1,000'],
    [1234567, '1,234,567'],
  ])('%s is %s', (count, words) => {
    expect(countWords(count)).toBe(words)
  })
})
