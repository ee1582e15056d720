import { NativeSelect, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import type { Priority } from '../api/types'
import { MarkdownField } from '../markdown/MarkdownField'
import classes from './RequestFields.module.css'
import { priorities, vendorSuggestions } from './status'

export interface RequestValues {
  title: string
  description: string
  vendor: string
  priority: Priority
}

export const requestFields = ['title', 'description', 'vendor', 'priority'] as const
export type RequestField = (typeof requestFields)[number]

/** The four fields that people write, the same on a new request and on an edited one. */
export function RequestFields({ form }: { form: UseFormReturnType<RequestValues> }) {
  return (
    <>
      <TextInput label="Title" autoComplete="off" dir="auto" {...form.getInputProps('title')} />
      <MarkdownField
        label="Description"
        description="What is to be simulated, with which data, and what the result must answer."
        autosize
        minRows={8}
        maxRows={24}
        {...form.getInputProps('description')}
      />
      <div className={classes.pair}>
        <TextInput
          label="Vendor"
          list="vendors"
          autoComplete="off"
          {...form.getInputProps('vendor')}
        />
        <datalist id="vendors">
          {vendorSuggestions.map((vendor) => (
            <option key={vendor} value={vendor} />
          ))}
        </datalist>
        <NativeSelect label="Priority" data={priorities} {...form.getInputProps('priority')} />
      </div>
    </>
  )
}
