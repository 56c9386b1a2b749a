/** Real servers for tests: on free loopback ports, with files of their own, gone with the test. */
export { freePort } from './free-port.ts'
export { type MongodbServer, startMongodb } from './mongodb.ts'
export { type RabbitmqServer, startRabbitmq } from './rabbitmq.ts'
export { type RedisServer, startGuardedRedis, startRedis } from './redis.ts'
export { startTcpProxy, type TcpProxy } from './tcp-proxy.ts'
