import {createProcessRunner} from '#drivers/process/process-runner.ts';
import {createRouteFinder} from '#drivers/rtnetlink/route-finder.ts';
import {routeFinderSuite} from '#test/contract/route-finder.suite.ts';

routeFinderSuite('rtnetlink', createRouteFinder(createProcessRunner()));
