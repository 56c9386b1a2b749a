import { ApiError } from '@st2/client'
import { type FormEvent, useRef, useState } from 'react'
import { messageOf } from '../api/problem.ts'
import { isSsoOffered, signIn, signOut, startSso, useSession } from '../api/session.ts'
import { queryClient } from '../api/query-client.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Notice } from '../ui/Feedback.tsx'
import { Field, typeOver } from '../ui/Field.tsx'
import { useQuery } from '@tanstack/react-query'

/** Asks for the password again, in front of the work, which stays as it is. */
export function SessionDialog() {
  const { phase, server, token, remembered } = useSession()
  const [username, setUsername] = useState(token?.user ?? '')
  const [password, setPassword] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const passwordInput = useRef<HTMLInputElement>(null)
  const sso = useQuery({ queryKey: ['sso', server.auth], queryFn: () => isSsoOffered(server) })

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setProblem(null)
    try {
      const isSamePerson = username === token?.user
      await signIn({ server, username, password, remember: remembered })
      if (isSamePerson) await queryClient.invalidateQueries()
      else queryClient.clear()
    } catch (error) {
      setProblem(messageOf(error))
      if (error instanceof ApiError && error.status === 401) typeOver(passwordInput.current)
    } finally {
      setBusy(false)
    }
  }

  return (
    <Dialog
      kind="must"
      onClose={() => undefined}
      title={phase === 'locked' ? 'Locked after a long time without activity' : 'Your session has expired'}
      width={420}
    >
      <form className="stack" onSubmit={(event) => void submit(event)}>
        <p className="muted">Sign in to go on where you are. Nothing you typed is lost.</p>
        {problem !== null && <Notice tone="bad">{problem}</Notice>}
        <Field label="Username" required>
          {(control) => (
            <input
              {...control}
              autoComplete="username"
              className="input"
              maxLength={256}
              onChange={(event) => setUsername(event.target.value)}
              required
              value={username}
            />
          )}
        </Field>
        <Field label="Password" required>
          {(control) => (
            <input
              {...control}
              autoComplete="current-password"
              data-autofocus=""
              className="input"
              maxLength={256}
              onChange={(event) => setPassword(event.target.value)}
              ref={passwordInput}
              required
              type="password"
              value={password}
            />
          )}
        </Field>
        <div className="row">
          <Button busy={busy} look="primary" type="submit">
            Sign in
          </Button>
          {sso.data && <Button onClick={() => startSso(server)}>Single sign-on</Button>}
          <span className="grow" />
          <Button look="plain" onClick={() => signOut()}>
            Sign out
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
