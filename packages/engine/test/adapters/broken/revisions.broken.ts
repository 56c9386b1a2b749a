import { storeContract } from '../../../src/ports/contracts.ts'
import { StoreIgnoringRevisions, openBroken } from './doubles.ts'

storeContract('broken', () => openBroken((store) => new StoreIgnoringRevisions(store)))
