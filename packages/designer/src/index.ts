/** The model of the Workflow Designer: texts, what they say, and edits of them; pure, in Node and in the browser. */
export { labelOf } from './commands/command-table.ts'
export { copyTasks } from './commands/copy-tasks.ts'
export { CommandFormatError, parseCommand } from './commands/parse-command.ts'
export type {
  Changes,
  CommandOf,
  DesignerCommand,
  DesignerFile,
  Section,
  TaskField,
  TaskFields,
  TransitionFields,
  Verb,
} from './commands/designer-command.ts'
export {
  DesignerEditor,
  type DesignerState,
  type DesignerTexts,
  type Outcome,
  type StepOptions,
} from './editor/designer-editor.ts'
export type { FileState, TextFault } from './editor/file-state.ts'
export { MAX_STEPS } from './editor/history.ts'
export { type MetadataModel, type ParameterModel, readMetadata } from './model/metadata-model.ts'
export { placeAt, type Span, spanOfPath, spanOfTask, spanOfTransition, type TextPlace } from './model/places.ts'
export { readWorkflow } from './model/read-workflow.ts'
export {
  type Entry,
  type InputEntry,
  type ItemsModel,
  type Position,
  type RetryModel,
  type TaskModel,
  TRANSITION_COLORS,
  type TransitionModel,
  type UndrawnPart,
  type WorkflowModel,
} from './model/workflow-model.ts'
export { findProblems } from './problems/find-problems.ts'
export type { Problem, ProblemKind } from './problems/problem.ts'
export type { ProblemOptions } from './problems/problem-options.ts'
export { canConnect, type Verdict } from './rules/connections.ts'
export { freeTaskName, MAX_NAME_LENGTH } from './rules/names.ts'
export { type DiffLine, diffLines } from './text/diff-lines.ts'
export { applyChanges, diffTexts, invertChanges, type TextChange } from './text/text-change.ts'
/** What an editor of the code knows of workflows: of the text alone, whether it is right or not. */
export { completeExpression, type ExpressionContent } from './completion/complete-expression.ts'
export { completeWorkflow, type WorkflowCompletion } from './completion/complete-workflow.ts'
export { type ExpressionSpan, expressionSpanAt, expressionSpans } from './completion/expression-spans.ts'
export { type ExpressionToken, expressionTokens } from './completion/expression-tokens.ts'
export { findMendableProblems, type MendableProblem } from './completion/mendable-problems.ts'
export {
  type ParameterHint,
  parameterHelp,
  parameterKeys,
  parameterValues,
} from './completion/parameter-suggestions.ts'
export type { QuickFix } from './completion/quick-fixes.ts'
export type { Help, Suggestion, Suggestions } from './completion/suggestion.ts'
export { expressionHelp, helpAt, type WorkflowHelp } from './completion/workflow-help.ts'
export { type ExpressionNames, type KnownName, type NamesPlace, WorkflowNames } from './completion/workflow-names.ts'
export { TextLines } from './text/text-lines.ts'
