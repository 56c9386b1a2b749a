/** Finds where code reads the environment, the time or random values directly instead of through its ports. */
import ts from 'typescript'
import { ambientClockReaders, environmentReaders, testPaths } from './layer-tables.ts'
import type { Violation } from './violation.ts'

type AmbientRule = 'no-process-env' | 'no-ambient-clock'

const readers: Record<AmbientRule, readonly RegExp[]> = {
  'no-process-env': [...environmentReaders, ...testPaths],
  'no-ambient-clock': [...ambientClockReaders, ...testPaths],
}

const environmentModules = new Set(['process', 'node:process'])

export function ambientAccess(file: string, text: string): Violation[] {
  const rules = (['no-process-env', 'no-ambient-clock'] as const).filter(
    (rule) => !readers[rule].some((pattern) => pattern.test(file)),
  )
  if (rules.length === 0) return []
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
  const violations: Violation[] = []
  const visit = (node: ts.Node): void => {
    const found = ambientUse(node)
    if (found !== null && rules.includes(found.rule)) {
      const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1
      violations.push({ rule: found.rule, file: `${file}:${line}`, detail: `uses ${found.what}` })
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return violations
}

function ambientUse(node: ts.Node): { rule: AmbientRule; what: string } | null {
  const member = memberAccess(node)
  if (member === 'process.env') return { rule: 'no-process-env', what: member }
  if (member === 'Date.now' || member === 'Math.random') return { rule: 'no-ambient-clock', what: `${member}()` }
  if (isCurrentDate(node)) return { rule: 'no-ambient-clock', what: 'new Date() without an argument' }
  if (takesEnvironment(node)) return { rule: 'no-process-env', what: 'env of process' }
  return null
}

function memberAccess(node: ts.Node): string | null {
  if (ts.isPropertyAccessExpression(node)) return `${objectName(node.expression)}.${node.name.text}`
  if (ts.isElementAccessExpression(node) && ts.isStringLiteral(node.argumentExpression)) {
    return `${objectName(node.expression)}.${node.argumentExpression.text}`
  }
  return null
}

function objectName(expression: ts.Expression): string {
  return expression.getText().replace(/^globalThis\./, '')
}

function isCurrentDate(node: ts.Node): boolean {
  return ts.isNewExpression(node) && objectName(node.expression) === 'Date' && (node.arguments?.length ?? 0) === 0
}

/** `const { env } = process` and `import { env } from 'node:process'`. */
function takesEnvironment(node: ts.Node): boolean {
  if (ts.isVariableDeclaration(node) && node.initializer !== undefined && ts.isObjectBindingPattern(node.name)) {
    return objectName(node.initializer) === 'process' && node.name.elements.some((one) => boundName(one) === 'env')
  }
  if (!ts.isImportDeclaration(node) || !ts.isStringLiteral(node.moduleSpecifier)) return false
  const names = node.importClause?.namedBindings
  if (!environmentModules.has(node.moduleSpecifier.text) || names === undefined || !ts.isNamedImports(names))
    return false
  return names.elements.some((one) => (one.propertyName ?? one.name).text === 'env')
}

function boundName(element: ts.BindingElement): string {
  return (element.propertyName ?? element.name).getText()
}
