import { TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import type { Values } from './content'
import classes from './Intake.module.css'

/** What a request may have and need not. */
export function Extras({ form }: { form: UseFormReturnType<Values> }) {
  return (
    <div className={classes.pair}>
      <TextInput label="Due date" type="date" {...form.getInputProps('dueDate')} />
      <TextInput
        label="Tags"
        placeholder="weld, door"
        autoComplete="off"
        {...form.getInputProps('tags')}
      />
    </div>
  )
}
