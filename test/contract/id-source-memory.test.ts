import {createMemoryIds} from '#drivers/memory/ids.ts';
import {idSourceSuite} from './id-source.suite.ts';

idSourceSuite('memory', createMemoryIds);
