import { NativeSelect } from '@mantine/core'
import type { ReactNode } from 'react'
import { useStudyTypes } from './queries'

interface Props {
  /** The id of a type; null without one. */
  value: string | null
  onChange: (value: string | null) => void
  error?: ReactNode
}

/** Which type of study a request is for. One that is no longer in use stays where it is chosen already. */
export function StudyTypeField({ value, onChange, error }: Props) {
  const types = useStudyTypes()
  const offered = (types ?? []).filter(({ id, active }) => active || id === value)
  const chosen = offered.find(({ id }) => id === value)
  return (
    <NativeSelect
      label="Type of study"
      description={chosen?.description || undefined}
      inputWrapperOrder={['label', 'input', 'error', 'description']}
      disabled={!types}
      data={[
        { value: '', label: types ? 'None' : 'Loading …' },
        ...offered.map(({ id, name }) => ({ value: id, label: name })),
      ]}
      value={value ?? ''}
      onChange={({ currentTarget }) => onChange(currentTarget.value || null)}
      error={error}
    />
  )
}
