import { IconPencil } from '@tabler/icons-react'
import { useState } from 'react'
import { $api } from '../api/client'
import type { RequestDetail } from '../api/types'
import { ChoiceList } from '../ui/ChoiceList'
import { Flyout } from '../ui/Flyout'
import classes from './PropertyEdit.module.css'
import { Tags } from './Tags'
import { useFieldEdit } from './useFieldEdit'

/** Ticked in a small panel, changed at once when that closes: one change, and one to take back. */
export default function TagsEdit({ request }: { request: RequestDetail }) {
  const { change, pending } = useFieldEdit('tags')
  const [chosen, setChosen] = useState<string[] | null>(null)
  const shown = chosen ?? pending ?? request.tags
  const finish = () => {
    setChosen(null)
    if (chosen) change(request, [...chosen].sort())
  }
  return (
    <Flyout
      label="Tags"
      title="Change the tags"
      buttonClass={classes.value}
      button={
        <>
          <span className={classes.spoken}>Change the tags: </span>
          <span data-saving={pending ? true : undefined}>
            {shown.length > 0 ? (
              <Tags tags={shown} />
            ) : (
              <span className={classes.nothing}>none</span>
            )}
          </span>
          <IconPencil size={14} aria-hidden className={classes.sign} />
        </>
      }
      onClose={finish}
    >
      {() => <Choices chosen={shown} onChange={setChosen} />}
    </Flyout>
  )
}

interface ChoicesProps {
  chosen: readonly string[]
  onChange: (tags: string[]) => void
}

/** Those in use, the commonest first, and whatever else somebody types. */
function Choices({ chosen, onChange }: ChoicesProps) {
  const known = $api.useQuery('get', '/api/tags', {}, { staleTime: 60_000 })
  const choices = known.data?.tags ?? []
  return (
    <ChoiceList
      choices={choices.map(({ name, count }) => ({ value: name, label: name, count }))}
      chosen={chosen}
      onChange={onChange}
      isLoading={known.isPending}
      allowsOther
    />
  )
}
