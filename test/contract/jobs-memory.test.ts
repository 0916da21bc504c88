import {memoryGround} from '#test/support/grounds.ts';
import {jobsSuite} from './jobs.suite.ts';

jobsSuite('memory', memoryGround);
