import { useNavigate } from '@tanstack/react-router'
import { $api } from '../api/client'
import { queryClient } from './queryClient'

export function useSignOut(): () => void {
  const navigate = useNavigate()
  const signOut = $api.useMutation('post', '/api/auth/logout', {
    networkMode: 'always',
    onSuccess: async () => {
      await navigate({ to: '/sign-in', search: {} })
      queryClient.clear()
    },
  })
  return () => signOut.mutate({})
}
