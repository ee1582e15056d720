import { useState } from 'react'
import { StudyFields } from '../../study/StudyFields'
import { fieldsFor, type Typed, vendorKey } from '../../study/values'
import { PlainSelect } from '../../ui/PlainSelect'
import classes from './StudyTypes.module.css'
import { fieldOf, type TypedField } from './typed'

/** The form as a requester will see it; what is typed here goes nowhere. */
export function Preview({ fields }: { fields: readonly TypedField[] }) {
  const [typed, setTyped] = useState<Typed>({})
  const [wanted, setVendor] = useState('')
  const spelt = fields.map(({ vendor }) => vendor.trim()).filter(Boolean)
  const vendors = [...new Map(spelt.map((one) => [vendorKey(one), one])).values()]
  const vendor = vendors.includes(wanted) ? wanted : ''
  // A field without a name yet has its key for one; of two that are the same the last is shown.
  const named = fields.map((field) => {
    const whole = fieldOf(field)
    const bounds = [whole.minimum, whole.maximum].map((n) => (typeof n === 'number' ? n : null))
    const [minimum = null, maximum = null] = bounds
    const name = whole.name || field.key
    return { ...whole, name, label: whole.label || 'New field', minimum, maximum }
  })
  const shown = new Map(fieldsFor(named, vendor).map((field) => [field.name, field]))
  return (
    <section aria-label="Preview" className={classes.preview}>
      <div className={classes.previewHead}>
        <h2>Preview</h2>
        {vendors.length > 0 && (
          <PlainSelect
            label="Preview for"
            value={vendor}
            options={[
              { value: '', label: 'Other vendors' },
              ...vendors.map((one) => ({ value: one, label: one })),
            ]}
            onChange={setVendor}
          />
        )}
      </div>
      {shown.size === 0 && <p className={classes.note}>The form has no fields yet.</p>}
      <StudyFields
        fields={[...shown.values()]}
        values={typed}
        onChange={(name, value) => setTyped((all) => ({ ...all, [name]: value }))}
        errors={{}}
      />
    </section>
  )
}
