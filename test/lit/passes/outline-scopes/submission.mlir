// RUN: pto-opt %s -p outline-scopes | filecheck %s

// Blocks, dependencies and what is said about the task stay with the submission; names of kernels are unique.
// CHECK:       func.func @f_my_scope_1() attributes {task.kernel}
// CHECK:         task.block_index
// CHECK:       func.func @f_my_scope_2() attributes {task.kernel}
// CHECK-NEXT:    func.return
// CHECK-LABEL: func.func @f(
// CHECK:         %first = task.submit @f_my_scope_1() blocks(%n)
// CHECK:         %second = task.submit @f_my_scope_2() after(%first) after_all(%ids) {task.manual}
func.func @f_my_scope() {
  func.return
}
func.func @f(%n: index) {
  %ids = task.array %n : !task.array
  %first = task.scope "my scope" blocks(%n) {
    %i = task.block_index : index
  }
  %second = task.scope "my scope" after(%first) after_all(%ids) attributes {task.manual} {
  }
  func.return
}
