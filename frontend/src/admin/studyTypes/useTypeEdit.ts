import { useForm } from '@mantine/form'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { $api } from '../../api/client'
import { ApiError, toFormErrors } from '../../api/problem'
import type { StudyType } from '../../api/types'
import { useDraft } from '../../drafts/useDraft'
import { ifMatch } from '../../requests/queries'
import { notify } from '../../ui/notify'
import { nameFrom, newType, sentOf, type TypedType, typedOf } from './typed'

/** The address of a type that is not there yet. No type has an underscore in its id. */
export const NEW = '_new'

/** `version` is what the edit began with, 0 for a new type: over another one it is not saved. */
interface TypeDraft {
  version: number
  values: TypedType
}

const taken = 'Another type has this short name: choose one of its own'
const path = '/api/study-types'

/** An edit of a type, whole and kept as a draft until it is saved. */
export function useTypeEdit(type: StudyType | undefined, types: readonly StudyType[]) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const draft = useDraft<TypeDraft>(`study-type:${type?.id ?? NEW}`)
  const fresh = (from = type) =>
    from ? typedOf(from) : newType(Math.max(0, ...types.map(({ position }) => position)) + 10)
  const [version, setVersion] = useState(draft.found?.version ?? type?.version ?? 0)
  const [theirs, setTheirs] = useState<StudyType | null>(null)
  const [message, setMessage] = useState<string | null>(null)
  const form = useForm<TypedType>({
    initialValues: draft.found?.values ?? fresh(),
    onValuesChange: (values) => draft.keep({ version, values }),
  })
  const save = $api.useMutation('put', '/api/study-types/{type_id}', { meta: { inline: true } })

  const begin = (from?: StudyType) => {
    form.setValues(fresh(from))
    form.clearErrors()
    setVersion(from?.version ?? 0)
    setTheirs(null)
    setMessage(null)
    draft.drop()
  }
  const onError = (error: unknown) => {
    if (error instanceof ApiError && error.status === 412) {
      if (!type) return form.setFieldError('id', taken)
      return setTheirs(error.problem.studyType as StudyType)
    }
    const rows = /^(fields|criteria)\.\d+|^(name|description|position)$/
    const listed = error instanceof ApiError ? (error.problem.errors ?? []) : []
    const known = listed.map(({ field }) => field).filter((field) => rows.test(field))
    const told = toFormErrors(error, known)
    form.setErrors(told.fields)
    setMessage(told.form ?? 'Nothing is saved yet: look at what is marked.')
  }
  const send = (over: number) => {
    setMessage(null)
    const id = type?.id ?? (form.values.id.trim() || nameFrom(form.values.name, '-'))
    if (!/^[a-z][a-z0-9-]{0,39}$/.test(id)) {
      return form.setFieldError('id', 'Small letters, digits and hyphens, a letter first')
    }
    if (!type && types.some((one) => one.id === id)) return form.setFieldError('id', taken)
    save.mutate(
      {
        params: { path: { type_id: id }, header: ifMatch(over) },
        body: sentOf(form.values),
      },
      {
        onSuccess: async ({ studyType }) => {
          await client.invalidateQueries({ queryKey: ['get', path] })
          begin(type && studyType)
          notify(`${studyType.name} is saved, version ${studyType.version}.`)
          if (!type) navigate({ to: '/admin/study-types/$typeId', params: { typeId: id } })
        },
        onError,
      },
    )
  }
  return {
    form,
    message,
    theirs,
    draft,
    take: (other: TypeDraft) => {
      setVersion(other.version)
      form.setValues(other.values)
    },
    isSaving: save.isPending,
    save: () => send(version),
    saveAnyway: () => theirs && send(theirs.version),
    discard: () => {
      if (theirs) client.invalidateQueries({ queryKey: ['get', path] })
      begin(theirs ?? type)
    },
  }
}

export type TypeForm = ReturnType<typeof useTypeEdit>['form']
