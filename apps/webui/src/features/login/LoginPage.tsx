import './login.css'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useRef, useState } from 'react'
import { ApiError, UnreachableError } from '@st2/client'
import { messageOf } from '../../api/problem.ts'
import { queryClient } from '../../api/query-client.ts'
import { isSsoOffered, servers, signIn, startSso, useSession } from '../../api/session.ts'
import { Logo } from '../../shell/Logo.tsx'
import { useTitle } from '../../shell/use-title.ts'
import { Button } from '../../ui/Button.tsx'
import { Notice } from '../../ui/Feedback.tsx'
import { Field, typeOver } from '../../ui/Field.tsx'

const MAX_LENGTH = 256

export function LoginPage() {
  useTitle('Sign in')
  const choices = servers()
  const notice = useSession((state) => state.notice)
  const last = useSession((state) => state.server)
  const [serverIndex, setServerIndex] = useState(() =>
    Math.max(
      0,
      choices.findIndex(({ api }) => api === last.api),
    ),
  )
  const [username, setUsername] = useState('')
  const [password, setPassword] = useState('')
  const [remember, setRemember] = useState(true)
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const passwordInput = useRef<HTMLInputElement>(null)
  const server = choices[serverIndex] ?? last
  const sso = useQuery({ queryKey: ['sso', server.auth], queryFn: () => isSsoOffered(server) })

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (busy) return
    setBusy(true)
    setProblem(null)
    try {
      queryClient.clear()
      await signIn({ server, username, password, remember })
    } catch (error) {
      setProblem(
        error instanceof UnreachableError ? `The server does not answer. ${messageOf(error)}` : messageOf(error),
      )
      setBusy(false)
      // What was refused is typed over at once.
      if (error instanceof ApiError && error.status === 401) typeOver(passwordInput.current)
    }
  }

  return (
    <main className="login">
      <div className="login-card">
        <header className="login-head">
          <span className="login-mark">
            <Logo size={26} />
          </span>
          <div>
            <h1>Sign in to StackStorm</h1>
            <p className="muted truncate">{server.name ?? location.host}</p>
          </div>
        </header>
        <form aria-label="Sign in" className="stack" data-test="login_form" onSubmit={(event) => void submit(event)}>
          {problem === null && notice !== null && <Notice tone="warn">{notice}</Notice>}
          {problem !== null && <Notice tone="bad">{problem}</Notice>}
          {choices.length > 1 && (
            <Field label="Server">
              {(control) => (
                <select
                  {...control}
                  className="input"
                  onChange={(event) => setServerIndex(Number(event.target.value))}
                  value={serverIndex}
                >
                  {choices.map(({ name, api }, index) => (
                    <option key={api} value={index}>
                      {name ?? api}
                    </option>
                  ))}
                </select>
              )}
            </Field>
          )}
          <Field label="Username" required>
            {(control) => (
              <input
                {...control}
                autoCapitalize="none"
                autoComplete="username"
                autoFocus
                className="input"
                maxLength={MAX_LENGTH}
                name="username"
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
                className="input"
                maxLength={MAX_LENGTH}
                name="password"
                onChange={(event) => setPassword(event.target.value)}
                ref={passwordInput}
                required
                type="password"
                value={password}
              />
            )}
          </Field>
          <label className="check">
            <input
              checked={remember}
              name="remember"
              onChange={(event) => setRemember(event.target.checked)}
              type="checkbox"
            />
            Remember me in this browser
          </label>
          <Button busy={busy} className="login-submit" data-test="login_submit" look="primary" type="submit">
            Connect
          </Button>
          {sso.data && (
            <Button className="login-submit" onClick={() => startSso(server)}>
              Single sign-on
            </Button>
          )}
        </form>
      </div>
      <footer className="login-foot">
        <a href="https://docs.stackstorm.com" rel="noreferrer" target="_blank">
          Documentation
        </a>
        <a href="https://forum.stackstorm.com" rel="noreferrer" target="_blank">
          Support
        </a>
      </footer>
    </main>
  )
}
