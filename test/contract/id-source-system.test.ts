import {createSystemIds} from '#drivers/system/ids.ts';
import {idSourceSuite} from './id-source.suite.ts';

idSourceSuite('system', createSystemIds);
