import { Button, PasswordInput, TextInput, UnstyledButton } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useDocumentTitle } from '@mantine/hooks'
import { getRouteApi, useRouter } from '@tanstack/react-router'
import { useState } from 'react'
import { $api } from '../api/client'
import { toFormErrors } from '../api/problem'
import { Avatar } from '../ui/Person'
import { FormMessage, Notice } from '../ui/States'
import { roleLabels } from '../users/roles'
import { queryClient } from './queryClient'
import classes from './SignInPage.module.css'
import { sessionOptions } from './session'

const route = getRouteApi('/sign-in')

export function SignInPage() {
  useDocumentTitle('Sign in · Sim-Flow')
  const { next, ended } = route.useSearch()
  const router = useRouter()
  const [message, setMessage] = useState<string | null>(null)
  const form = useForm({ initialValues: { email: '', password: '' } })
  const login = $api.useMutation('post', '/api/auth/login', {
    meta: { inline: true },
    networkMode: 'always',
    onSuccess: async (data) => {
      queryClient.clear()
      queryClient.setQueryData(sessionOptions.queryKey, data)
      router.history.push(next ?? '/')
    },
    onError: (error) => {
      const { fields, form: rest } = toFormErrors(error, ['email', 'password'])
      form.setErrors(fields)
      setMessage(rest)
    },
  })
  const submit = form.onSubmit((body) => {
    setMessage(null)
    login.mutate({ body })
  })
  return (
    <main className={classes.page}>
      <div className={classes.card}>
        <img src="/icon.svg" alt="" width={36} height={36} />
        <h1 className={classes.title}>Sign in to Sim-Flow</h1>
        <p className={classes.lead}>The request desk of the simulation team.</p>
        {ended && !message && <Notice>Your session has ended. Sign in again.</Notice>}
        <form className={classes.form} onSubmit={submit} noValidate>
          <TextInput
            label="E-mail"
            type="email"
            autoComplete="username"
            {...form.getInputProps('email')}
          />
          <PasswordInput
            label="Password"
            autoComplete="current-password"
            visibilityToggleButtonProps={{ 'aria-label': 'Show what is typed' }}
            {...form.getInputProps('password')}
          />
          <FormMessage>{message}</FormMessage>
          <Button type="submit" loading={login.isPending} fullWidth>
            Sign in
          </Button>
        </form>
        <DemoPeople onPick={(email, password) => form.setValues({ email, password })} />
      </div>
    </main>
  )
}

function DemoPeople({ onPick }: { onPick: (email: string, password: string) => void }) {
  // Outside demo mode the server answers 404, and there is nothing to show or to tell.
  const demo = $api.useQuery('get', '/api/auth/demo', undefined, {
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (!demo.data) return null
  const { people, password } = demo.data
  return (
    <section className={classes.demo} aria-labelledby="demo-people">
      <h2 id="demo-people">Demo people</h2>
      <p className={classes.lead}>Pick one to fill in the form above.</p>
      <ul className={classes.people}>
        {people.map((person) => (
          <li key={person.email}>
            <UnstyledButton
              className={classes.person}
              onClick={() => onPick(person.email, password)}
            >
              <Avatar id={person.email} name={person.name} size={28} />
              <span className={classes.who}>
                <span>{person.name}</span>
                <span className={classes.role}>{roleLabels[person.role]}</span>
              </span>
            </UnstyledButton>
          </li>
        ))}
      </ul>
    </section>
  )
}
