import { Button } from './Button.tsx'
import { setPreference, usePreferences } from './preferences.ts'

/** Whether long lines are wrapped: one choice for all that is printed. */
export function WrapButton() {
  const wrap = usePreferences((state) => state.wrap)
  return (
    <Button
      aria-label="Wrap long lines"
      aria-pressed={wrap}
      icon="wrap"
      look="plain"
      onClick={() => setPreference('wrap', !wrap)}
      size="s"
    />
  )
}
