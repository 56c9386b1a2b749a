/* Settings of this installation. Everything is optional; without hosts the server that delivered this page is used. */
angular.module('main').constant('st2Config', {
  // hosts: [{ name: 'Production', url: 'https://st2.example.com/api', auth: 'https://st2.example.com/auth', stream: 'https://st2.example.com/stream' }],
  // max_execution_result_size_for_render: 200 * 1024, // bytes; larger results are loaded on request
  // application_inactivity_time: 7200, // seconds until the session ends by itself
  // show_version_in_header: false,
})
