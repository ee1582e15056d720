import { NativeSelect, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import type { ReactNode } from 'react'
import { $api } from '../api/client'
import { messageOf } from '../api/problem'
import { FormMessage } from '../ui/States'

export interface AssignValues {
  engineerId: string
  estimatedHours: string
}

interface Props {
  form: UseFormReturnType<AssignValues>
  hoursNote?: ReactNode
}

/** Who is to do it, and for how long: of one request or of many. */
export function AssignFields({ form, hoursNote }: Props) {
  const { data, error, isPending } = $api.useQuery('get', '/api/users', {
    params: { query: { role: 'ENGINEER' } },
  })
  const options = (data?.users ?? []).map(({ id, name }) => ({ value: id, label: name }))
  return (
    <>
      <NativeSelect
        label="Engineer"
        data-autofocus
        disabled={isPending}
        data={[{ value: '', label: isPending ? 'Loading …' : 'Choose …' }, ...options]}
        {...form.getInputProps('engineerId')}
      />
      <TextInput
        label="Estimated hours"
        description={hoursNote}
        inputMode="numeric"
        autoComplete="off"
        w={200}
        {...form.getInputProps('estimatedHours')}
      />
      <FormMessage>{error ? messageOf(error) : null}</FormMessage>
    </>
  )
}
