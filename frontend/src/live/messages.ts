/** One message of a server-sent event stream. */
export interface Message {
  id: string | undefined
  data: string
}

/** Takes the text of a stream as it comes, cut anywhere, and hands on each whole message. */
export function messageReader(onMessage: (message: Message) => void) {
  let rest = ''
  let id: string | undefined
  let data: string[] = []
  const takeLine = (line: string) => {
    if (line === '') {
      if (data.length > 0) onMessage({ id, data: data.join('\n') })
      data = []
    } else if (line.startsWith('id:')) id = line.slice(3).trimStart()
    else if (line.startsWith('data:')) data.push(line.slice(5).replace(/^ /, ''))
  }
  return {
    /** Where to resume: a heartbeat moves it on as well. */
    lastId: () => id,
    take(text: string) {
      const lines = (rest + text).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) takeLine(line)
    },
  }
}
