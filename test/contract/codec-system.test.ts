import {createCodec} from '#drivers/system/codec.ts';
import {codecSuite} from './codec.suite.ts';

codecSuite('system', createCodec);
