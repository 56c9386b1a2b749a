import { useLocation } from '@tanstack/react-router'
import { config } from '../api/config.ts'
import { signOut, useSession } from '../api/session.ts'
import { paths } from '../paths.ts'
import { Button } from '../ui/Button.tsx'
import { Kbd } from '../ui/Feedback.tsx'
import { Icon, type IconName } from '../ui/Icon.tsx'
import { Menu } from '../ui/Menu.tsx'
import { setPreference, type Theme, usePreferences } from '../ui/preferences.ts'
import { LiveDot } from './LiveBanner.tsx'
import { openPalette } from './palette-state.ts'
import { SCREENS } from './screens.ts'
import { TimesMenu } from './TimesMenu.tsx'

const THEMES: readonly { readonly value: Theme; readonly label: string; readonly icon: IconName }[] = [
  { value: 'system', label: 'As the system', icon: 'monitor' },
  { value: 'light', label: 'Light', icon: 'sun' },
  { value: 'dark', label: 'Dark', icon: 'moon' },
]

export function TopBar() {
  const { pathname } = useLocation()
  const theme = usePreferences((state) => state.theme)
  const title =
    SCREENS.find(({ path }) => pathname.startsWith(path))?.title ?? (isDesigner(pathname) ? 'Designer' : 'Code')
  return (
    <header className="topbar">
      <h1 className="topbar-title">{title}</h1>
      <button className="palette-opener" onClick={openPalette} type="button">
        <Icon name="search" size={14} />
        <span className="grow">Go to action, rule, execution</span>
        <Kbd>Ctrl K</Kbd>
      </button>
      <div className="row topbar-tools">
        <LiveDot />
        <TimesMenu />
        <Menu
          entries={THEMES.map(({ value, label, icon }) => ({
            label,
            icon,
            checked: theme === value,
            onSelect: () => setPreference('theme', value),
          }))}
          head="Appearance"
          label="Appearance"
          trigger={
            <Button
              aria-label="Appearance"
              icon={THEMES.find(({ value }) => value === theme)?.icon ?? 'monitor'}
              look="plain"
              size="s"
            />
          }
        />
        <UserMenu />
      </div>
    </header>
  )
}

function isDesigner(pathname: string): boolean {
  return pathname === paths.designer() || pathname.startsWith(`${paths.designer()}/`)
}

function UserMenu() {
  const { token, server } = useSession()
  const user = token?.user || 'unknown'
  const host = server.name ?? hostOf(server.api)
  return (
    <Menu
      entries={[
        { label: 'Documentation', icon: 'link', onSelect: openDocumentation },
        { label: 'Sign out', icon: 'signOut', onSelect: () => signOut() },
      ]}
      head={
        <>
          {user} at {host}
          {config.showVersion && config.version !== null && <div>Web UI {config.version}</div>}
        </>
      }
      label="Account"
      trigger={
        <button className="user-button" type="button">
          <span aria-hidden="true" className="avatar">
            {user.slice(0, 1).toUpperCase()}
          </span>
          <span className="user-name truncate">
            {user}
            <span className="muted">@{host}</span>
          </span>
          <Icon name="down" size={12} />
        </button>
      }
    />
  )
}

function openDocumentation(): void {
  window.open('https://docs.stackstorm.com', '_blank', 'noopener')
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url
}
