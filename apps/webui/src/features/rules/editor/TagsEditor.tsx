import { Button } from '../../../ui/Button.tsx'
import type { TagDraft } from './rule-draft.ts'

interface TagsEditorProps {
  readonly tags: readonly TagDraft[]
  readonly onChange: (tags: readonly TagDraft[]) => void
}

export function TagsEditor({ tags, onChange }: TagsEditorProps) {
  const change = (index: number, part: Partial<TagDraft>) =>
    onChange(tags.map((tag, at) => (at === index ? { ...tag, ...part } : tag)))
  return (
    <fieldset className="stack tags-editor">
      <legend className="field-label">Tags</legend>
      {tags.map(({ name, value }, index) => (
        // Tags have no name of their own before they are typed.
        <div className="row" key={index}>
          <input
            aria-label={`Name of tag ${index + 1}`}
            className="input"
            onChange={(event) => change(index, { name: event.target.value })}
            placeholder="name"
            value={name}
          />
          <input
            aria-label={`Value of tag ${index + 1}`}
            className="input"
            onChange={(event) => change(index, { value: event.target.value })}
            placeholder="value"
            value={value}
          />
          <Button
            aria-label={`Remove tag ${index + 1}`}
            icon="cross"
            look="plain"
            onClick={() => onChange(tags.toSpliced(index, 1))}
          />
        </div>
      ))}
      <div>
        <Button icon="plus" onClick={() => onChange([...tags, { name: '', value: '' }])} size="s">
          Add a tag
        </Button>
      </div>
    </fieldset>
  )
}
