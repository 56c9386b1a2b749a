/** One line of help for everything that Jinja itself brings; a signature where the declaration does not tell it. */
export interface Help {
  help: string
  signature?: string
}

const escape: Help = { help: 'The text with &, <, >, quotes replaced by references.' }
const length: Help = { help: 'The number of items or characters.' }
const fallback: Help = { help: 'Another value where this one is undefined.' }

export const FILTER_HELP: Record<string, Help> = {
  abs: { help: 'The number without its sign.' },
  attr: { help: 'An attribute of the value, never a key.' },
  batch: { help: 'Lists of so many items each.' },
  capitalize: { help: 'The first letter large, all others small.' },
  center: { help: 'The text in the middle of a field.' },
  count: length,
  d: fallback,
  default: fallback,
  dictsort: { help: 'Pairs of key and value in order.' },
  e: escape,
  escape,
  filesizeformat: { help: 'A number of bytes as people write it.' },
  first: { help: 'The first item.' },
  float: { help: 'The value as a float, a default where it is none.' },
  forceescape: { help: 'The text escaped, even where it is safe already.' },
  format: { help: 'The text with its % placeholders filled.', signature: 'format(*args, **kwargs)' },
  groupby: { help: 'Pairs of a value and the items that have it.' },
  indent: { help: 'The lines of a text moved to the right.' },
  int: { help: 'The value as an integer, a default where it is none.' },
  items: { help: 'Pairs of key and value of a mapping.' },
  join: { help: 'The items as one text, with a separator between them.' },
  last: { help: 'The last item.' },
  length,
  list: { help: 'The items as a list.' },
  lower: { help: 'The text in lower case.' },
  map: {
    help: 'A filter applied to every item, or an attribute of every item.',
    signature: 'map(filter, *args, attribute=none, default=none)',
  },
  max: { help: 'The largest item.' },
  min: { help: 'The smallest item.' },
  pprint: { help: 'The value printed over several lines.' },
  random: { help: 'One of the items.' },
  reject: { help: 'The items for which a test fails.', signature: 'reject(test, *args)' },
  rejectattr: {
    help: 'The items for an attribute of which a test fails.',
    signature: 'rejectattr(attribute, test, *args)',
  },
  replace: { help: 'The text with a part replaced by another.' },
  reverse: { help: 'The items or characters from the end.' },
  round: { help: 'The number rounded.' },
  safe: { help: 'The text as one that is not escaped.' },
  select: { help: 'The items for which a test holds.', signature: 'select(test, *args)' },
  selectattr: {
    help: 'The items for an attribute of which a test holds.',
    signature: 'selectattr(attribute, test, *args)',
  },
  slice: { help: 'The items in so many lists.' },
  sort: { help: 'The items in order.' },
  string: { help: 'The value as text.' },
  striptags: { help: 'The text without tags and with single blanks.' },
  sum: { help: 'The sum of the items.' },
  title: { help: 'Every word with a large letter first.' },
  tojson: { help: 'The value as JSON that can stand in HTML.' },
  trim: { help: 'The text without blanks at its ends.' },
  truncate: { help: 'The text cut to a length.' },
  unique: { help: 'The items without repetitions.' },
  upper: { help: 'The text in upper case.' },
  urlencode: { help: 'The text or the pairs as part of an address.' },
  urlize: { help: 'The text with its addresses as links.' },
  wordcount: { help: 'The number of words.' },
  wordwrap: { help: 'The text broken into lines of a width.' },
  xmlattr: { help: 'A mapping as attributes of XML.' },
}

const equal: Help = { help: 'Whether the values are equal.' }
const unequal: Help = { help: 'Whether the values differ.' }
const greater: Help = { help: 'Whether the value is greater.' }
const atLeast: Help = { help: 'Whether the value is greater or equal.' }
const less: Help = { help: 'Whether the value is less.' }
const atMost: Help = { help: 'Whether the value is less or equal.' }

export const TEST_HELP: Record<string, Help> = {
  boolean: { help: 'Whether the value is true or false.' },
  callable: { help: 'Whether the value can be called.' },
  defined: { help: 'Whether the value exists.' },
  divisibleby: { help: 'Whether the number can be divided without a rest.' },
  eq: equal,
  equalto: equal,
  '==': equal,
  escaped: { help: 'Whether the text is safe.' },
  even: { help: 'Whether the number is even.' },
  false: { help: 'Whether the value is false.' },
  filter: { help: 'Whether a filter of that name exists.' },
  float: { help: 'Whether the value is a float.' },
  ge: atLeast,
  '>=': atLeast,
  greaterthan: greater,
  gt: greater,
  '>': greater,
  in: { help: 'Whether the value is among others.' },
  integer: { help: 'Whether the value is an integer.' },
  iterable: { help: 'Whether the value has items.' },
  le: atMost,
  '<=': atMost,
  lessthan: less,
  lower: { help: 'Whether the text is in lower case.' },
  lt: less,
  '<': less,
  mapping: { help: 'Whether the value is a mapping.' },
  ne: unequal,
  '!=': unequal,
  none: { help: 'Whether the value is none.' },
  number: { help: 'Whether the value is a number.' },
  odd: { help: 'Whether the number is odd.' },
  sameas: { help: 'Whether the values are one and the same.' },
  sequence: { help: 'Whether the value has items by index.' },
  string: { help: 'Whether the value is a text.' },
  test: { help: 'Whether a test of that name exists.' },
  true: { help: 'Whether the value is true.' },
  undefined: { help: 'Whether the value does not exist.' },
  upper: { help: 'Whether the text is in upper case.' },
}

export const GLOBAL_HELP: Record<string, Help> = {
  cycler: { help: 'Gives its items in turn.', signature: 'cycler(*items)' },
  dict: { help: 'A mapping.', signature: 'dict(pairs, **entries)' },
  joiner: { help: 'Nothing at its first call, a separator afterwards.', signature: "joiner(sep=', ')" },
  lipsum: { help: 'Random text; not available here.', signature: 'lipsum()' },
  namespace: { help: 'An object whose attributes can be set.', signature: 'namespace(**attributes)' },
  range: { help: 'Numbers one after the other.', signature: 'range(start, stop, step)' },
}
