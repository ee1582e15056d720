import { NativeSelect, UnstyledButton } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { lazy } from 'react'
import { $api } from '../api/client'
import type { ServerDraft, StudyField } from '../api/types'
import { Flyout } from '../ui/Flyout'
import { Time } from '../ui/Time'
import type { Values } from './content'
import classes from './Intake.module.css'

const TemplateEditor = lazy(() => import('./TemplateEditor'))

interface Props {
  values: Values
  fields: readonly StudyField[]
  /** The draft that is open; it is not offered once more. */
  openId: string | null
}

/** What was begun before, and what one may begin with. */
export function BeginWith({ values, fields, openId }: Props) {
  const drafts = $api.useQuery('get', '/api/drafts', {}).data?.drafts ?? []
  const others = drafts.filter(({ id }) => id !== openId)
  return (
    <>
      <Templates values={values} fields={fields} />
      {others.length > 0 && (
        <section aria-labelledby="drafts">
          <h2 id="drafts" className={classes.heading}>
            Your drafts
          </h2>
          <ul className={classes.drafts}>
            {others.map((draft) => (
              <DraftLine key={draft.id} draft={draft} />
            ))}
          </ul>
          <p className={classes.why}>A draft goes 90 days after its last change.</p>
        </section>
      )}
    </>
  )
}

function Templates({ values, fields }: Omit<Props, 'openId'>) {
  const navigate = useNavigate()
  const { data } = $api.useQuery('get', '/api/templates', {}, { staleTime: 60_000 })
  const templates = data?.templates ?? []
  if (templates.length === 0 && !data?.canEdit) return null
  return (
    <div className={classes.templates}>
      {templates.length > 0 && (
        <NativeSelect
          label="Begin with a template"
          w="100%"
          value=""
          data={[
            { value: '', label: 'Choose …' },
            ...templates.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={({ currentTarget: { value } }) => {
            if (value) navigate({ to: '/requests/new', search: { template: value } })
          }}
        />
      )}
      {data?.canEdit && (
        <Flyout button="Templates …" buttonClass={classes.plain} label="Templates">
          {(close) => <TemplateEditor {...{ templates, values, fields }} onDone={close} />}
        </Flyout>
      )}
    </div>
  )
}

function DraftLine({ draft }: { draft: ServerDraft }) {
  const client = useQueryClient()
  const name = draft.content.title?.trim() || draft.content.description?.trim() || 'Without a name'
  const remove = $api.useMutation('delete', '/api/drafts/{draft_id}', {
    onSettled: () => client.invalidateQueries({ queryKey: ['get', '/api/drafts'] }),
  })
  return (
    <li>
      <Link to="/requests/new" search={{ draft: draft.id }}>
        <bdi>{name.slice(0, 80)}</bdi>
      </Link>
      <span className={classes.why}>
        <Time at={draft.updatedAt} />
      </span>
      <UnstyledButton
        className={classes.plain}
        disabled={remove.isPending}
        onClick={() => remove.mutate({ params: { path: { draft_id: draft.id } } })}
      >
        Discard<span className={classes.spoken}> {name.slice(0, 80)}</span>
      </UnstyledButton>
    </li>
  )
}
