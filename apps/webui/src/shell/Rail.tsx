import { useLocation } from '@tanstack/react-router'
import { firstFilters, useSavedFilters } from '../api/saved-filters.ts'
import { paths } from '../paths.ts'
import { Icon } from '../ui/Icon.tsx'
import { AppLink } from './AppLink.tsx'
import { Logo } from './Logo.tsx'
import { SCREENS } from './screens.ts'

/** The main navigation: a column at the side, on narrow screens a row at the bottom. */
export function Rail() {
  const { pathname } = useLocation()
  const history = paths.history(firstFilters(useSavedFilters()))
  return (
    <nav aria-label="Main" className="rail">
      <AppLink aria-label="StackStorm, to the history" className="rail-logo" to={history}>
        <Logo size={26} />
      </AppLink>
      <ul>
        {SCREENS.map(({ title, path, icon }) => (
          <li key={path}>
            <AppLink
              aria-current={
                isAt(pathname, path) || (path === paths.actions() && isAt(pathname, paths.designer()))
                  ? 'page'
                  : undefined
              }
              className="rail-link"
              to={path === paths.history() ? history : path}
            >
              <Icon name={icon} size={19} />
              {title}
            </AppLink>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function isAt(pathname: string, path: string): boolean {
  return pathname === path || pathname.startsWith(`${path}/`)
}
