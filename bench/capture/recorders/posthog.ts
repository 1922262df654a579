/**
 * Contestant `posthog`: PostHog's session recording, in the build that brings its recorder with it and loads nothing.
 *
 * Everything else it offers is switched off. Runs in the page.
 */
import posthog from 'posthog-js/dist/module.full.no-external';

posthog.init('phc_bench', {
  api_host: SINK_URL,
  autocapture: false,
  capture_pageview: false,
  capture_pageleave: false,
  capture_heatmaps: false,
  capture_dead_clicks: false,
  capture_exceptions: false,
  capture_performance: false,
  disable_surveys: true,
  disable_session_recording: false,
  persistence: 'memory',
  // A headless browser says that it is one, and would be taken for a robot.
  opt_out_useragent_filter: true,
});
