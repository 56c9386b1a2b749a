import { Button } from '../../../ui/Button.tsx'
import { startChoosing, stopChoosing, useChoice } from './choice.ts'

/** Where the focus goes when what it was on has gone with the choice. */
export const CHOOSE_BUTTON_ID = 'choose-several'

/** Rows show whether they are chosen, or not. */
export function ChooseButton() {
  const isOn = useChoice((choice) => choice.isOn)
  return (
    <Button
      aria-label="Choose several"
      aria-pressed={isOn}
      data-test="choose_several"
      icon="checks"
      id={CHOOSE_BUTTON_ID}
      onClick={isOn ? stopChoosing : startChoosing}
    />
  )
}
