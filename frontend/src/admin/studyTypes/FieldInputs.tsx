import { NativeSelect, Textarea, TextInput } from '@mantine/core'
import classes from './StudyTypes.module.css'
import { nameFrom } from './typed'
import { kindWords, optionsOf, requiredWords } from './typeWords'
import type { TypeForm } from './useTypeEdit'

interface Props {
  form: TypeForm
  at: number
}

const below: ('label' | 'input' | 'description' | 'error')[] = [
  'label',
  'input',
  'error',
  'description',
]

/** What a field of a form is. */
export function FieldInputs({ form, at }: Props) {
  const field = form.values.fields[at]
  if (!field) return null
  const props = (name: string) => ({
    autoComplete: 'off',
    inputWrapperOrder: below,
    ...form.getInputProps(`fields.${at}.${name}`),
  })
  const label = props('label')
  const isNamed = field.name !== nameFrom(field.label, '_')
  return (
    <>
      <div className={classes.grid}>
        <TextInput
          {...label}
          label="Label"
          dir="auto"
          onChange={(event) => {
            label.onChange(event)
            // Until somebody gives it a name of its own, it follows the label.
            if (!isNamed) {
              form.setFieldValue(`fields.${at}.name`, nameFrom(event.currentTarget.value, '_'))
            }
          }}
        />
        <TextInput
          {...props('name')}
          label="Short name"
          description="For filters and exports: small letters, digits, underscores. Means the same in all types."
        />
        <NativeSelect {...props('kind')} label="Kind" data={optionsOf(kindWords)} />
        <NativeSelect {...props('required')} label="Required" data={optionsOf(requiredWords)} />
        <TextInput
          {...props('vendor')}
          label="Only for vendor"
          placeholder="All vendors"
          dir="auto"
        />
        {field.kind === 'number' && (
          <>
            <TextInput {...props('unit')} label="Unit" placeholder="None" />
            <TextInput {...props('minimum')} label="Minimum" inputMode="decimal" />
            <TextInput {...props('maximum')} label="Maximum" inputMode="decimal" />
          </>
        )}
      </div>
      {field.kind === 'choice' && (
        <Textarea
          {...props('choices')}
          label="Choices"
          description="One in each line."
          autosize
          minRows={3}
          dir="auto"
          error={choiceError(form, at)}
        />
      )}
      <TextInput {...props('help')} label="Help" dir="auto" />
    </>
  )
}

/** The server tells a wrong choice by its number. */
function choiceError({ errors }: TypeForm, at: number) {
  const path = `fields.${at}.choices`
  const one = Object.keys(errors).find((name) => `${name}.`.startsWith(`${path}.`))
  return one && errors[one]
}
