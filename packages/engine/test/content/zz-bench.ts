import { performance } from 'node:perf_hooks'
import { ContentKit, PACK_YAML } from './content-kit.ts'
const t0 = performance.now()
const kit = await ContentKit.open()
console.log('open', Math.round(performance.now() - t0))
for (let p = 0; p < 100; p++) {
  kit.write({
    [`packs/pack_${p}/pack.yaml`]: PACK_YAML.replace('demo', `pack_${p}`),
    [`packs/pack_${p}/config.schema.yaml`]: 'key:\n  type: string\n  secret: true\n',
  })
  for (let a = 0; a < 20; a++) {
    kit.write({
      [`packs/pack_${p}/actions/a${a}.sh`]: 'echo',
      [`packs/pack_${p}/actions/a${a}.yaml`]:
        `---\nname: a${a}\npack: pack_${p}\ndescription: An action that does something with a number of parameters.\nrunner_type: local-shell-script\nentry_point: a${a}.sh\nenabled: true\nparameters:\n` +
        Array.from(
          { length: 8 },
          (_, i) =>
            `  param_${i}:\n    type: string\n    description: A parameter of the action, number ${i}.\n    default: value_${i}\n    position: ${i}\n`,
        ).join(''),
    })
  }
}
for (const [name, options] of [
  ['cold', {}],
  ['warm', {}],
  ['warm', {}],
  ['all again', { read: 'all' as const }],
] as const) {
  const start = performance.now()
  const cpu = process.cpuUsage(); const report = await kit.register(options); const used = process.cpuUsage(cpu)
  console.log('cpu ms user', used.user / 1000, 'sys', used.system / 1000)
  console.log(name, Math.round(performance.now() - start), report.counts, report.unchangedPacks, report.problems.length)
}
const { actions } = kit.stores
await actions.findByRef('pack_1.a1')
const start = performance.now()
for (let i = 0; i < 100000; i++) await actions.findByRef('pack_1.a1')
console.log('findByRef us', ((performance.now() - start) / 100).toFixed(2))
await kit[Symbol.asyncDispose]()
