/** What must not be on any screen, asked in the page. */
/** What is in front: an open dialog hides the rest. A picture of a workflow is larger than its frame, and is moved in it. */
const SHOWN = `[...(document.querySelector('dialog[open]') ?? document).querySelectorAll('button, a, input, select, textarea, h2, h3, .status, .tag')]
  .filter((part) => part.checkVisibility({ visibilityProperty: true }) && !part.closest('.sr-only, .skip-link, .workflow-graph'))
  .map((part) => ({ part, box: part.getBoundingClientRect(), said: part.outerHTML.slice(0, 160) }))
  .filter(({ box }) => box.width > 1)`

/** Parts whose edges, or whose text, are outside of the window; texts that end in an ellipsis are as wide as they would be. */
export const BESIDE_THE_SCREEN = `${SHOWN}
  .filter(({ part }) => part.closest('.truncate') === null)
  .filter(({ part, box }) => box.left < -1 || Math.max(box.right, box.left + part.scrollWidth) > innerWidth + 1)
  .map(({ said }) => said)`

/**
 * Parts inside of the window whose left or right end belongs to something that is not theirs. The bar that splits the
 * panes may be grabbed a few pixels beside its line.
 */
export const COVERED = `${SHOWN}
  .filter(({ part, box }) => part.closest('.truncate') === null && isInSight(part, box))
  .filter(({ part, box }) => [box.left + 8, box.right - 8].some((x) => {
    const top = document.elementFromPoint(x, (box.top + box.bottom) / 2)
    return top !== null && !part.contains(top) && !top.contains(part)
  }))
  .map(({ said }) => said);
function isInSight(part, box) {
  for (let holder = part.parentElement; holder !== null; holder = holder.parentElement) {
    const edge = holder.getBoundingClientRect()
    if (getComputedStyle(holder).overflowY !== 'visible' && (box.top < edge.top || box.bottom > edge.bottom)) return false
  }
  return box.top >= 0 && box.bottom <= innerHeight && box.left >= 0 && box.right <= innerWidth
}`

/** WCAG 2.2, target size: 24 by 24 px. */
export const TOO_SMALL = `${SHOWN}
  .filter(({ part, box }) => part.tagName === 'BUTTON' && (box.width < 24 || box.height < 24))
  .map(({ said, box }) => Math.round(box.width) + 'x' + Math.round(box.height) + ' ' + said)`
