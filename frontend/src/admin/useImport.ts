import { useMutation } from '@tanstack/react-query'
import { api } from '../api/client'
import type { components } from '../api/schema'

export type ImportReport = components['schemas']['Report']

interface Options {
  dryRun: boolean
  onDone?: () => void
}

/** Sends the file as it is: the server reads it, so that it can say what is wrong with it. */
export function useImport({ dryRun, onDone }: Options) {
  return useMutation({
    meta: { inline: true },
    onSuccess: onDone,
    mutationFn: async ({ text, skipInvalid }: { text: string; skipInvalid: boolean }) => {
      const { data } = await api.POST('/api/import/localstorage', {
        params: { query: { dryRun, skipInvalid } },
        body: text as never,
        bodySerializer: (body) => body as string,
        headers: { 'Content-Type': 'application/json' },
      })
      return data as ImportReport
    },
  })
}
