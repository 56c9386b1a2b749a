import { EditRefusal } from '../yaml-edits/tree-draft.ts'

/** Why an edit is not made after which the text could not be read any more. @param reason what the reader says of it */
export function unreadableText(reason: string, options?: ErrorOptions): EditRefusal {
  const anchor = /^found undefined alias '(.*)'$/.exec(reason)?.[1]
  const message =
    anchor === undefined
      ? `The text could not be read afterwards: ${reason}.`
      : `It holds "&${anchor}", which is used elsewhere as "*${anchor}": take that use away first.`
  return new EditRefusal(message, options)
}
