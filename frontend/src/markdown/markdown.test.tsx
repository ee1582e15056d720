// @vitest-environment jsdom
import { cleanup, render } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { safeAddress } from './addresses'
import { Markdown } from './Markdown'
import { mentionsIn } from './mentions'
import { pastedTable } from './pastedTable'

afterEach(cleanup)

const html = (text: string) => {
  const { container } = render(<Markdown text={text} />)
  return container.querySelector('div')?.innerHTML ?? ''
}

describe('Markdown', () => {
  it.each([
    ['**b** _i_ ~~d~~ `c`', '<p><strong>b</strong> <em>i</em> <del>d</del> <code>c</code></p>'],
    ['one\ntwo', '<p>one<br>two</p>'],
    ['- a\n- b', '<ul><li>a</li><li>b</li></ul>'],
    ['3. a', '<ol start="3"><li>a</li></ol>'],
    ['# T', '<h3 data-depth="1">T</h3>'],
    ['1 < 2 & 3 > 2', '<p>1 &lt; 2 &amp; 3 &gt; 2</p>'],
    ['\\*plain\\*', '<p>*plain*</p>'],
  ])('renders %j', (text, expected) => expect(html(text)).toBe(expected))

  it('renders a table with a head', () => {
    expect(html('|a|b|\n|-|-:|\n|1|2|')).toContain('<td data-align="right">2</td>')
  })

  it.each([
    '<img src=x onerror=alert(1)>',
    'a <script>alert(1)</script> b',
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt:alert(1))',
    '[x](data:text/html,hi)',
    '![x](http://elsewhere.example/pixel.png)',
    '<svg/onload=alert(1)>\n\nx',
    '[a]: javascript:alert(1)\n\n[x][a]',
  ])('makes nothing live of %j', (text) => {
    const { container } = render(<Markdown text={text} />)
    expect(container.querySelector('img, script, svg, iframe')).toBeNull()
    for (const link of container.querySelectorAll('a'))
      expect(link.getAttribute('href')).toMatch(/^(https?:|mailto:)/)
  })

  it('shows what looks like HTML as it was typed', () => {
    const { container } = render(<Markdown text={'a <b>bold</b> word'} />)
    expect(container.textContent).toBe('a <b>bold</b> word')
  })
})

describe('safeAddress', () => {
  it.each(['https://a.example/x', 'http://a.example', 'mailto:a@b.example'])('lets %s be', (href) =>
    expect(safeAddress(href)).toBe(href),
  )
  it.each(['javascript:alert(1)', '//evil.example', '/api/auth/logout', 'vbscript:x', 'file:///x'])(
    'refuses %s',
    (href) => expect(safeAddress(href)).toBeNull(),
  )
})

describe('mentionsIn', () => {
  const ann = { id: '1', name: 'Ann Lee', role: 'USER' as const }
  const annMay = { id: '2', name: 'Ann Lee May', role: 'ENGINEER' as const }
  const sf12 = { id: '3', key: 'SF-12', title: 'T', status: 'Denied' as const }
  const mentions = { people: [ann, annMay], requests: [sf12] }

  it('finds people, the longest name first, and keys, whatever the case', () => {
    expect(mentionsIn('Ask @ann lee may about sf-12.', mentions)).toEqual([
      'Ask ',
      { ...annMay, as: '@ann lee may' },
      ' about ',
      { ...sf12, as: 'sf-12' },
      '.',
    ])
  })

  it.each(['x@Ann Lee', '@Ann Leeds', 'SF-123', 'XSF-12', 'http://h/SF-12'])(
    'leaves %j alone',
    (text) => expect(mentionsIn(text, mentions)).toEqual([text]),
  )
})

describe('pastedTable', () => {
  it('makes a table of cells from a spreadsheet', () => {
    expect(pastedTable('Joint\tLimit\r\n1\t± 170\r\n"2|b"\t"a ""b""\nc"\r\n')).toBe(
      '| Joint | Limit |\n| --- | --- |\n| 1 | ± 170 |\n| 2\\|b | a "b" c |',
    )
  })

  it.each(['plain text', 'one line\nanother', 'a\tb\nonly one', ''])('leaves %j', (text) =>
    expect(pastedTable(text)).toBeNull(),
  )
})
