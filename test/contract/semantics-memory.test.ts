import {memoryGround} from '#test/support/grounds.ts';
import {semanticsSuite} from './semantics.suite.ts';

semanticsSuite('memory', memoryGround);
