/** Of an action's reference while it is dragged. */
export const ACTION_TYPE = 'application/x-st2-action'
