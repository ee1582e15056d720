// Works without the app and without a sign-in: whoever still has old data may not have an account yet.
const KEY = 'sim-flow-requests'
const FILE = 'sim-flow-export.json'

const SNIPPET = `(() => {
  const data = localStorage.getItem('${KEY}')
  if (!data) return 'There is no Sim-Flow data in this browser under this address.'
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([data], { type: 'application/json' }))
  link.download = '${FILE}'
  link.click()
  return 'Saved as ${FILE}'
})()`

const element = (id) => document.getElementById(id)

function stored() {
  try {
    return localStorage.getItem(KEY)
  } catch {
    return null
  }
}

function countIn(data) {
  try {
    const list = JSON.parse(data)
    return Array.isArray(list) ? list.length : null
  } catch {
    return null
  }
}

function save() {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([stored() ?? '[]'], { type: 'application/json' }))
  link.download = FILE
  link.click()
  URL.revokeObjectURL(link.href)
}

async function copy() {
  try {
    await navigator.clipboard.writeText(SNIPPET)
    element('copied').textContent = 'Copied.'
  } catch {
    // Without https a page may not write to the clipboard: mark the text so that Ctrl-C takes it.
    getSelection().selectAllChildren(element('snippet'))
    element('copied').textContent = 'Marked: now press Ctrl-C.'
  }
}

element('snippet').textContent = SNIPPET
element('copy').addEventListener('click', copy)
element('save').addEventListener('click', save)

const data = stored()
if (data) {
  const count = countIn(data)
  element('here').hidden = false
  element('not-here').textContent =
    'If you used the old app in another browser or under another address:'
  element('found').textContent =
    count === null
      ? 'Old data is in this browser.'
      : `${count} ${count === 1 ? 'request of the old app is' : 'requests of the old app are'} in this browser.`
}
